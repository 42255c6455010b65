/**
 * Text as a code span of Markdown (CommonMark 6.1): shown as it is, without links, mentions or HTML.
 *
 * @param text - one line
 */
export function codeSpan(text: string): string {
  const longestRun = Math.max(0, ...[...text.matchAll(/`+/g)].map(run => run[0].length));
  const fence = '`'.repeat(longestRun + 1);
  // A blank on each side keeps a backtick at the edge apart from the fence; readers strip one.
  const padding = /^`|`$|^ .*\S.* $/.test(text) ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}
