/** Runs the checks of `npm test` group by group, and keeps what each prints together. */
import { CureError, say, warn } from './output.mjs';

/**
 * Runs the checks of one group at the same time, one group after the other. What a check prints that does not run alone is
 * shown when it has ended, under its title. A check that throws has failed; the others go on.
 * @param checks - by name; each takes `{ reports, print }` and answers `{ passed, failed }`. `print` is undefined where the
 * check runs alone and may write to the terminal itself.
 * @param groups - names of all checks, in the order in which they run
 * @param names - which of them; all when empty
 * @param reports - a folder that is handed on to the checks
 * @returns `{ name, passed, failed, seconds }` of each, in the order of `groups`
 */
export async function runInGroups({
  checks,
  groups,
  names = [],
  reports,
  print = say,
  complain = warn,
}) {
  const chosen = groups.map(group =>
    group.filter(name => names.length === 0 || names.includes(name)),
  );
  const results = [];
  for (const group of chosen) {
    const isAlone = group.length === 1;
    const runOne = async name => {
      const lines = [];
      if (isAlone) print(`\n== ${name} ==`);
      const started = Date.now();
      let counts;
      let problem;
      try {
        counts = await checks[name]({
          reports,
          print: isAlone ? undefined : line => lines.push(line),
        });
      } catch (error) {
        counts = { passed: 0, failed: 1 };
        problem = error instanceof CureError ? error.message : error.stack;
      }
      if (!isAlone) [`\n== ${name} ==`, ...lines].forEach(line => print(line));
      if (problem) complain(problem);
      return { name, ...counts, seconds: Math.round((Date.now() - started) / 1000) };
    };
    results.push(...(await Promise.all(group.map(runOne))));
  }
  return results;
}
