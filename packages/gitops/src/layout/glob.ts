/**
 * A glob as Argo CD's generators and layouts take it: `*` is any text within one name, `**` any folders, `?` one character,
 * `{a,b}` one of several. https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export function globExpression(glob: string): RegExp {
  try {
    return new RegExp(`^${globSource(glob)}$`);
  } catch {
    // A set such as [z-a], which meets nothing.
    return /$^/;
  }
}

/** The source of a regular expression for a glob. */
export function globSource(glob: string): string {
  const parts = glob.match(/\*\*\/?|\*|\?|\{[^{}]*\}|\[[^\]/]+\]|[^*?{[]+|./gs) ?? [];
  return parts
    .map(part => {
      if (part === '**/') return '(?:[^/]+/)*';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      if (/^\{.*\}$/.test(part))
        return `(?:${part.slice(1, -1).split(',').map(globSource).join('|')})`;
      if (/^\[.+\]$/.test(part)) return part.replace(/^\[!/, '[^');
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
}
