/** Rules that every workflow keeps, as pure functions: they hold where no scanner is installed. */

/**
 * What is wrong with a workflow, one line each, beginning with where it is.
 * @param workflow - the parsed file
 * @param text - the file: a comment is not in what was parsed
 */
export function problemsOf(workflow, text) {
  const problems = [...triggerProblems(workflow)];
  if (!isEmpty(workflow.permissions)) problems.push('permissions: the default must be none, {}');
  if (!workflow.concurrency?.group) problems.push('concurrency: a group is missing');
  // The shell that is taken otherwise runs without pipefail: what fails before a "|" would pass.
  if (workflow.defaults?.run?.shell !== 'bash') problems.push('defaults: run.shell is not bash');
  for (const [name, job] of Object.entries(workflow.jobs)) {
    problems.push(...jobProblems(job).map(problem => `${name}: ${problem}`));
  }
  return [...problems, ...pinProblems(text)];
}

/** These run with the rights of the repository on what a stranger wrote. */
function triggerProblems({ on }) {
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
  const refused = names.filter(name => ['pull_request_target', 'workflow_run'].includes(name));
  return refused.map(name => `on: ${name} is not used here`);
}

function jobProblems(job) {
  const problems = [];
  if (typeof job.permissions !== 'object') problems.push('permissions are missing or a shorthand');
  if (job.secrets !== undefined) problems.push('secrets are handed on');
  if (job.uses === undefined) {
    const minutes = job['timeout-minutes'];
    if (!(minutes > 0 && minutes <= 60)) problems.push('timeout-minutes is missing or above 60');
    if (/latest$/.test(job['runs-on'])) problems.push('runs-on names no version');
  }
  for (const step of job.steps ?? []) {
    problems.push(...stepProblems(step).map(problem => `${step.name ?? step.uses}: ${problem}`));
  }
  return problems;
}

function stepProblems(step) {
  const problems = [];
  if (!step.name) problems.push('a name is missing');
  // What an expression puts into a script is run by the shell: values go through env.
  if (step.run?.includes('${{')) problems.push('an expression inside of run');
  if (JSON.stringify(step).includes('secrets.')) problems.push('a stored secret is used');
  if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false) {
    problems.push('persist-credentials is not false');
  }
  if (step.uses?.startsWith('actions/github-script@')) problems.push('a script inside of YAML');
  return problems;
}

const usesLine = /^\s*(?:- )?uses:\s*(\S+)(?:\s+#\s*(.*))?$/;
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** Each `uses` outside of this repository names a commit, and in a comment the release that it is. */
function pinProblems(text) {
  const problems = [];
  text.split('\n').forEach((line, index) => {
    const match = usesLine.exec(line);
    if (!match || match[1].startsWith('./')) return;
    const [, action, comment = ''] = match;
    if (!pinned.test(action)) problems.push(`line ${index + 1}: ${action} is not pinned by commit`);
    else if (!/^v\d+\.\d+\.\d+$/.test(comment)) {
      problems.push(`line ${index + 1}: ${action} does not say which release it is`);
    }
  });
  return problems;
}

/** Each action with the commit and release that it is pinned to: `{ action, commit, release }`. */
export function pinsOf(text) {
  const lines = text.split('\n').map(line => usesLine.exec(line));
  return lines
    .filter(match => match && !match[1].startsWith('./'))
    .map(([, uses, release]) => ({
      action: uses.split('@')[0],
      commit: uses.split('@')[1],
      release,
    }));
}

/** The scopes that a job may write, sorted. */
export function writesOf(job) {
  const scopes = Object.entries(job.permissions ?? {});
  return scopes
    .filter(([, access]) => access === 'write')
    .map(([scope]) => scope)
    .sort();
}

function isEmpty(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
