import { parseError } from './logqlError';
import { translate } from './re2';

/** Longer patterns are refused: nobody types them, and matching costs grow with them. */
const longestPattern = 1000;

/**
 * Compiles a pattern of RE2, the language of LogQL's regular expressions.
 *
 * @param anchored - whether the whole text has to match, as for label values, or a part, as for lines
 * @throws LogqlError for a pattern that RE2 does not take, or that could take too long here
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function compileRegularExpression(pattern: string, anchored: boolean): RegExp {
  if (pattern.length > longestPattern) {
    throw parseError(
      `error parsing regexp: expression is longer than ${longestPattern} characters`,
    );
  }
  const source = translate(pattern);
  try {
    // As in Prometheus, a dot in a matcher stands for a line break too.
    return anchored ? new RegExp(`^(?:${source})$`, 'us') : new RegExp(source, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw parseError(`error parsing regexp: invalid expression: \`${pattern}\``);
  }
}
