/** Words that YAML 1.1, and with it Helm, takes for true or false. */
const booleans = /^(y|yes|on|n|no|off)$/i;
/** Numbers of YAML 1.1 that YAML 1.2 takes for text: 1_000, 0b11, 0O17. */
const numbers =
  /^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|\.?[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9_]+)?)$/i;
/** 017 is fifteen in YAML 1.1 and seventeen in YAML 1.2. */
const octal = /^[-+]?0[0-9_]+$/;
/** A date or an instant of YAML 1.1, which some readers hand on as a time. */
const time = /^\d{4}-\d{1,2}-\d{1,2}([Tt \t]|$)/;

/** What is wrong with a scalar, and what to do about it. */
export interface ScalarProblem {
  problem: string;
  cure: string;
}

/**
 * Says why a plain scalar means something else to Helm (YAML 1.1) than to the portal (YAML 1.2); `undefined` when both
 * agree. Source: yaml.org/type for 1.1, the core schema of yaml.org/spec/1.2.2 for 1.2.
 *
 * @param source - as it stands in the file
 * @param value - as YAML 1.2 reads it
 */
export function ambiguity(source: string, value: unknown): ScalarProblem | undefined {
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

/**
 * Says why a plain scalar is no text to every YAML reader, where a text must stand: a version such as 1.10, of which YAML
 * makes 1.1. `undefined` when it is one.
 */
export function notText(source: string, value: unknown): ScalarProblem | undefined {
  const cure = 'put it in quotes';
  if (source === '') return { problem: 'is empty', cure: 'write the text, in quotes' };
  if (value === null) return { problem: `is ${source}, which YAML takes for nothing`, cure };
  if (typeof value === 'boolean' || booleans.test(source)) {
    return { problem: `is ${source}, which YAML takes for true or false`, cure };
  }
  if (typeof value === 'number' || numbers.test(source)) {
    const other = typeof value === 'number' && String(value) !== source ? ` (${value})` : '';
    return { problem: `is ${source}, which YAML takes for a number${other}`, cure };
  }
  if (time.test(source)) return { problem: `is ${source}, which YAML takes for a date`, cure };
  return undefined;
}
