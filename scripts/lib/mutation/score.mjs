/** Scores of mutated code, as Stryker counts: https://stryker-mutator.io/docs/mutation-testing-elements/mutant-states-and-metrics/ */

const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

/** Mutants that say something about the tests; one that cannot be compiled or run says nothing. */
export function scoreOf(mutants) {
  const killed = mutants.filter(({ status }) => noticed.has(status)).length;
  const left = mutants.filter(({ status }) => unnoticed.has(status));
  const total = killed + left.length;
  return { total, killed, left, score: total === 0 ? 0 : (100 * killed) / total };
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
