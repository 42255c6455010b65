const nothing = /$^/;

/**
 * A glob as Argo CD's generators and layouts take it: `*` is any text within one name, `**` any folders, `?` one character,
 * `{a,b}` one of several. https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export function globExpression(glob: string): RegExp {
  // Folders and texts that repeat many times can take forever on a path that does not match.
  const plain = glob.replace(/(?:\*\*\/)+/g, '**/');
  if (plain.split('/').some(name => name.split('*').length > 7) || plain.split('**').length > 5) {
    return nothing;
  }
  try {
    return new RegExp(`^${globSource(plain)}$`);
  } catch {
    // A set such as [z-a].
    return nothing;
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
