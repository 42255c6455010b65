/** Runs the checks of the platform, says what each came to, and names those that could not be run. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CureError, say } from '../output.mjs';
import { findTool, missingLine } from '../tools/find.mjs';
import { checks } from './checks.mjs';
import { renderAll } from './render.mjs';

/**
 * @param bring - see findTool: how far missing tools are brought
 * @param names - keys of {@link checks}; all when empty
 * @returns numbers of passed and failed results, and `notRun`: one line for each check whose tools are missing
 */
export async function runPlatform({
  bring,
  names = [],
  from = checks,
  find = tool => findTool(tool, { bring }),
  print = say,
}) {
  const chosen = names.length > 0 ? names : Object.keys(from);
  const total = { passed: 0, failed: 0, notRun: [] };
  // A folder of this run alone: two runs in one checkout do not get in each other's way.
  const stage = await mkdtemp(path.join(tmpdir(), 'tenant-portal-verify-'));
  let staged = chosen.includes('helm');
  try {
    for (const name of chosen) {
      const check = from[name];
      const needed = check.rendered ? [...check.tools, ...checks.helm.tools] : check.tools;
      const { programs, missing } = await locate(needed, find, bring);
      if (missing.length > 0) {
        const reasons = missing.join(', ');
        total.notRun.push(`not run: ${reasons.startsWith(name) ? '' : `${name}: `}${reasons}`);
        continue;
      }
      if (check.rendered && !staged) {
        await renderForOthers(programs, stage);
        staged = true;
      }
      const started = Date.now();
      const results = await attempt(check, programs, stage);
      const problems = results.filter(result => result.problem !== undefined);
      total.passed += results.length - problems.length;
      total.failed += problems.length;
      report(name, check, results, Math.round((Date.now() - started) / 1000), print);
    }
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  total.notRun.forEach(line => print(line));
  return total;
}

/** One line for a check, and what is wrong. */
function report(name, { title }, results, seconds, print) {
  const problems = results.filter(result => result.problem !== undefined);
  const failed = problems.length > 0 ? `, ${problems.length} failed` : '';
  print(`${name}: ${results.length - problems.length} passed${failed} (${title}; ${seconds} s)`);
  for (const result of problems) print(`\n-- ${name}: ${result.title}\n${result.problem}\n`);
}

/** The tools that there are, by name, and for each of the others why there is none. */
async function locate(tools, find, bring) {
  const programs = {};
  const missing = [];
  for (const tool of tools) {
    try {
      programs[tool] = await find(tool);
      if (!programs[tool]) missing.push(missingLine(tool, bring));
    } catch (error) {
      // Bringing it failed: what was tried and what helps.
      if (!(error instanceof CureError)) throw error;
      missing.push(`${tool} (${error.message.trim().split('\n').at(-1)})`);
    }
  }
  return { programs, missing };
}

/** A check that cannot do its work, or that found nothing to judge, failed; the others go on. */
async function attempt(check, programs, stage) {
  try {
    const results = await check.run(programs, stage);
    if (results.length > 0) return results;
    return [{ title: check.title, problem: 'there was nothing to judge' }];
  } catch (error) {
    const problem = error instanceof CureError ? error.message : error.stack;
    return [{ title: check.title, problem }];
  }
}

/** Whoever asks for one check gets its input made; what does not render fails. */
async function renderForOthers(programs, stage) {
  const problem = (await renderAll(programs, stage)).find(result => result.problem);
  if (problem) throw new CureError(`${problem.title}\n${problem.problem}`);
}
