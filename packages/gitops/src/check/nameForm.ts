/** Whether a part of `valuesPath` stands for many names. */
export function isOpen(segment: string): boolean {
  return /[{*]/.test(segment);
}

/** Whether a name may stand where the pattern has this segment. */
export function meets(name: string, segment: string): boolean {
  const pattern = segment
    .split(/(\{tenant\}|\*)/)
    .map(part => {
      if (part === '{tenant}') return '.+';
      return part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${pattern}$`, 's').test(name);
}
