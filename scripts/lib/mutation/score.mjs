/** Scores of mutated code, as Stryker counts: https://stryker-mutator.io/docs/mutation-testing-elements/mutant-states-and-metrics/ */

const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

/** Mutants that say something about the tests; one that cannot be compiled or run says nothing. */
export function scoreOf(mutants) {
  const killed = mutants.filter(({ status }) => noticed.has(status)).length;
  const left = mutants.filter(({ status }) => unnoticed.has(status));
  const total = killed + left.length;
  return { total, killed, left, score: share(killed, total) };
}

/** The sums of scores that have the same value under a key. */
export function sumBy(scores, key) {
  return [...new Set(scores.map(score => score[key]))].map(value => {
    const same = scores.filter(score => score[key] === value);
    const sum = name => same.reduce((found, score) => found + score[name], 0);
    const [total, killed] = [sum('total'), sum('killed')];
    return { [key]: value, total, killed, score: share(killed, total) };
  });
}

function share(killed, total) {
  return total === 0 ? 0 : (100 * killed) / total;
}

/** Lines of a table; columns are as wide as their widest cell, numbers stand on the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => String(row[column]).length)),
  );
  return rows.map(row =>
    row
      .map((cell, column) =>
        typeof cell === 'string' && column < 2
          ? cell.padEnd(widths[column])
          : String(cell).padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
}
