/** A YAML or JSON value. */
export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | ConfigValue[]
  | { [key: string]: ConfigValue };

/** What is to be replaced in a configuration. */
export interface Replacements {
  /** Port that is written -> port that is used. */
  ports: Map<number, number>;
  /** Folder that is written (as in `../../.sandbox`) -> absolute folder that is used. */
  folders?: Map<string, string>;
}

/**
 * The part of a configuration that has to change when ports or folders are others than those written in it: every string
 * that names a loopback address with one of the ports (`http://localhost:7101/x`, `localhost:7101`, `:7007`), and every
 * number under a key `port`. Arrays are answered whole, since Backstage's configuration replaces them.
 * @param config - all files merged
 * @returns undefined when nothing changes
 */
export function configOverlay(config: ConfigValue, replacements: Replacements): ConfigValue {
  return changed(config, replacements, '');
}

function changed(value: ConfigValue, replacements: Replacements, key: string): ConfigValue {
  if (typeof value === 'string') {
    const next = replaceInText(value, replacements);
    return next === value ? undefined : next;
  }
  if (typeof value === 'number') {
    const port = key === 'port' ? replacements.ports.get(value) : undefined;
    return port === value ? undefined : port;
  }
  if (Array.isArray(value)) {
    const items = value.map(item => changed(item, replacements, ''));
    if (items.every(item => item === undefined)) return undefined;
    return value.map((item, index) => merged(item, items[index]));
  }
  if (value && typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([name, item]) => [name, changed(item, replacements, name)] as const)
      .filter(([, item]) => item !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return undefined;
}

function replaceInText(text: string, { ports, folders }: Replacements): string {
  for (const [written, used] of folders ?? []) {
    if (text === written) return used;
    if (text.startsWith(`${written}/`)) return used + text.slice(written.length);
  }
  return text.replace(
    /(^|localhost|127\.0\.0\.1|\[::1\]):(\d+)(?!\d)/g,
    (whole, host: string, port: string) => {
      const next = ports.get(Number(port));
      return next === undefined ? whole : `${host}:${next}`;
    },
  );
}

/** The value with the changes laid over it, as Backstage merges configuration files. */
export function merged(base: ConfigValue, over: ConfigValue): ConfigValue {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return over;
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) result[key] = merged(result[key], value);
  return result;
}

function isObject(value: ConfigValue): value is { [key: string]: ConfigValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
