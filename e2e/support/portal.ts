import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A portal with its embedded platform, on ports and state of its own. */
export interface Portal {
  url: string;
  forge: string;
  argocd: string;
  kubernetes: string;
  prometheus: string;
  loki: string;
  grafana: string;
  /** Milliseconds from the start to `Portal ready`. */
  startedAfter: number;
  /** Everything that start printed. */
  output(): string;
  /** `npm run sandbox -- ...`; throws when it fails. */
  sandbox(...args: string[]): Promise<string>;
  /** `npm run gitops -- ...` as ada, against the forge; throws when it fails. */
  gitops(...args: string[]): Promise<string>;
  stop(): Promise<number | null>;
}

/** Runs `npm start` as a person would, in a state directory that goes away afterwards. */
export async function startPortal(
  options: { portBase?: number; args?: string[] } = {},
): Promise<Portal> {
  const portBase = options.portBase ?? 17100;
  const port = portBase + 50;
  const stateDir = await mkdtemp(path.join(tmpdir(), 'tenant-portal-e2e-'));
  const env = {
    ...process.env,
    PORT: String(port),
    SANDBOX_PORT_BASE: String(portBase),
    SANDBOX_STATE_DIR: stateDir,
    // Nobody has a page of an older build open, whose scripts the database would keep; writing them takes seconds.
    APP_CONFIG_app_disableStaticFallbackCache: 'true',
  };
  const began = Date.now();
  const child = spawn(
    process.execPath,
    ['scripts/bootstrap.mjs', 'start', ...(options.args ?? [])],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const url = `http://localhost:${port}`;
  await ready(child, () => output, `Portal ready: ${url}`);
  return {
    url,
    forge: `http://localhost:${portBase + 1}`,
    argocd: `http://localhost:${portBase + 2}`,
    kubernetes: `http://localhost:${portBase + 3}`,
    prometheus: `http://localhost:${portBase + 4}`,
    loki: `http://localhost:${portBase + 5}`,
    grafana: `http://localhost:${portBase + 6}`,
    startedAfter: Date.now() - began,
    output: () => output,
    sandbox: (...args) => run(['scripts/bootstrap.mjs', 'sandbox', ...args], env),
    gitops: (...args) =>
      run(['scripts/bootstrap.mjs', 'gitops', ...args], {
        ...env,
        GITHUB_API_URL: `http://localhost:${portBase + 1}/api/v3`,
        GITHUB_REPOSITORY: 'acme/platform',
        GITHUB_TOKEN: 'sandbox-forge-ada',
      }),
    async stop() {
      const code = await end(child);
      await rm(stateDir, { recursive: true, force: true });
      return code;
    },
  };
}

async function ready(child: ChildProcess, output: () => string, line: string) {
  const until = Date.now() + 10 * 60_000;
  while (!output().includes(line)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`npm start ended before "${line}":\n${output().slice(-4000)}`);
    }
    if (Date.now() > until) {
      child.kill('SIGTERM');
      throw new Error(`no "${line}" within 10 minutes:\n${output().slice(-4000)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise(resolve => {
    child.once('exit', code => resolve(code));
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 20_000).unref();
  });
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => (stdout += chunk));
    child.stderr.on('data', chunk => (stderr += chunk));
    child.once('error', reject);
    child.once('exit', code =>
      code === 0 ? resolve(stdout) : reject(new Error(`${args.join(' ')}: ${stderr}${stdout}`)),
    );
  });
}
