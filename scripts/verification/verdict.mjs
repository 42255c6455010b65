/** What a check found, and how the findings are printed. */

/** @param detail - what was found, in a few words */
export const pass = detail => ({ result: 'pass', detail });
/** @param detail - what is wrong, with the names of what is at fault */
export const fail = detail => ({ result: 'fail', detail });
/** The platform does not have what the check is about; not a pass. */
export const notHere = detail => ({ result: 'not here', detail });

/** Some names, and how many more there are. */
export function some(names, limit = 5) {
  const more = names.length - limit;
  return names.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** How many of each result there are: `{ passed, failed, notHere }`. */
export function summarise(findings) {
  const count = result => findings.filter(finding => finding.result === result).length;
  return { passed: count('pass'), failed: count('fail'), notHere: count('not here') };
}

/** One finding as one line. */
export function findingLine({ result, tenant, detail, command }) {
  return `${result.padEnd(8)}  ${(tenant ?? '-').padEnd(12)}  ${detail.padEnd(60)}  $ ${command}`;
}

/** The last line. */
export function summaryLine({ passed, failed, notHere: absent }) {
  return `${passed} passed, ${failed} failed, ${absent} not here`;
}
