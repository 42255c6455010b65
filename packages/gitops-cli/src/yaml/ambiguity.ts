/** Words that YAML 1.1, and with it Helm, takes for true or false. */
const booleans = /^(y|yes|on|n|no|off)$/i;
/** Numbers of YAML 1.1 that YAML 1.2 takes for text: 1_000, 0b11. */
const numbers = /^[-+]?(0b[01_]+|0x[0-9a-f_]+|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?)$/i;
/** 017 is fifteen in YAML 1.1 and seventeen in YAML 1.2. */
const octal = /^[-+]?0[0-9_]+$/;

/**
 * Says why a plain scalar means something else to Helm (YAML 1.1) than to the portal (YAML 1.2); `undefined` when both
 * agree. Source: yaml.org/type for 1.1, the core schema of yaml.org/spec/1.2.2 for 1.2.
 *
 * @param source - as it stands in the file
 * @param value - as YAML 1.2 reads it
 */
export function ambiguity(
  source: string,
  value: unknown,
): { problem: string; cure: string } | undefined {
  const cure = 'put it in quotes';
  if (typeof value === 'string' && booleans.test(source)) {
    return {
      problem: 'is true or false to Helm, and text to others',
      cure: 'write true or false, or put it in quotes when it is a text',
    };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { problem: 'is no number that Helm can pass on', cure: 'write a number of usual size' };
  }
  if (octal.test(source)) {
    return {
      problem: 'is another number to Helm (octal) than to others',
      cure: `${cure}, or drop the zeros in front`,
    };
  }
  if (typeof value === 'string' && numbers.test(source)) {
    return { problem: 'is a number to Helm, and text to others', cure };
  }
  return undefined;
}
