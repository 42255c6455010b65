import { globSource } from './glob';
import { LayoutError } from './LayoutError';

/** What a path or a name says of a release. */
export interface Names {
  tenant?: string;
  service?: string;
  environment?: string;
  cluster?: string;
}

/** The placeholders of a pattern. */
export const placeholders = ['tenant', 'service', 'environment', 'cluster'] as const;

/** A pattern with placeholders, ready to be used. */
export interface PathPattern {
  text: string;
  /** Placeholders that it holds. */
  names: ReadonlyArray<keyof Names>;
  /** What a path says; undefined when it does not meet the pattern. */
  match(path: string): Names | undefined;
}

/**
 * Reads a pattern: `{tenant}`, `{service}`, `{environment}` and `{cluster}` stand for any text within one name, `*` too, and `**`
 * for any folders.
 *
 * @param key - the setting, for messages
 * @throws LayoutError
 */
export function parsePattern(key: string, text: string): PathPattern {
  const found = [...text.matchAll(/\{([^{},]*)\}/g)].map(([, name]) => name);
  const names = found.filter((name): name is keyof Names =>
    placeholders.includes(name as keyof Names),
  );
  const unknown = found.find(name => !placeholders.includes(name as keyof Names));
  if (unknown !== undefined) {
    throw new LayoutError(
      `${key}: holds {${unknown}}; use {${placeholders.join('}, {')}}, * and **`,
    );
  }
  if (new Set(names).size !== names.length) {
    throw new LayoutError(`${key}: holds a placeholder twice; write * for the second`);
  }
  if (/^\/|(^|\/)\.\.?(\/|$)|\/\/|\/$/.test(text) || text === '') {
    throw new LayoutError(
      `${key}: must be a path from the repository's root, without "/" at its ends and without "." or ".."`,
    );
  }
  if (/[}*]\{|\}\*/.test(text)) {
    throw new LayoutError(
      `${key}: needs something between a placeholder and what follows, for example a "/" or a "-"`,
    );
  }
  const source = text
    .split(/(\{(?:tenant|service|environment|cluster)\})/)
    .map((part, index, all) => {
      if (!/^\{\w+\}$/.test(part)) return globSource(part);
      // Of two names in one, that of the environment is the short one: payment-api-prod.
      const isLong = all[index + 2] === '{environment}' && !all[index + 1].includes('/');
      return `(?<${part.slice(1, -1)}>[^/]+${isLong ? '' : '?'})`;
    })
    .join('');
  const expression = new RegExp(`^${source}$`);
  return {
    text,
    names,
    match: path => {
      const groups = expression.exec(path);
      return groups ? { ...groups.groups } : undefined;
    },
  };
}
