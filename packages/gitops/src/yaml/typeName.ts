/** The type of a value, as people say it. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    bigint: 'a number',
    boolean: 'true or false',
    object: 'a block of keys',
  };
  return names[typeof value] ?? typeof value;
}
