import {
  GitFault,
  GithubError,
  GithubRepository,
  PushFault,
  withTemporaryMirror,
  type Proposal,
  type ProposalTarget,
} from '@internal/gitops';
import { people, personalToken, Person } from '../forge/people';
import { buildVersion } from '../release/buildVersion';
import { bumpTenants, tenantNames } from '../release/bumpTenants';
import { ForgeApi, forgeApi } from '../release/forgeApi';
import { SandboxSettings } from '../settings';
import { runningStatus } from '../supervisor/controlClient';
import { parseOptions } from './arguments';
import { CommandError } from './commandError';

/** The account that CI acts with. */
const ci = 'github-actions[bot]';
/** Who develops the service. */
const developers = ['dev', 'lin', 'ada'];

/** What `release` was asked for. */
export interface ReleaseOptions {
  bad: boolean;
  version?: string;
  tenant?: string;
  ring?: number;
  message?: string;
}

/** Reads the options of `release`; throws a {@link CommandError} (exit code 2) that names a wrong one. */
export function releaseOptions(args: string[]): ReleaseOptions {
  const { values } = parseOptions(args, {
    bad: { type: 'boolean', default: false },
    version: { type: 'string' },
    tenant: { type: 'string' },
    ring: { type: 'string' },
    message: { type: 'string' },
  });
  const { version, ring, message } = values;
  if (version !== undefined && !/^sha-[0-9a-f]{7,40}$/.test(version)) {
    throw new CommandError(`--version ${version}: must be sha- and 7 to 40 hex digits.`, 2);
  }
  if (ring !== undefined && !/^[0-9]$/.test(ring)) {
    throw new CommandError(`--ring ${ring}: must be a whole number from 0 to 9.`, 2);
  }
  if (message !== undefined && !/^[^\p{Cc}]{1,200}$/u.test(message.trim())) {
    throw new CommandError('--message: must be one line of at most 200 characters.', 2);
  }
  return {
    ...values,
    message: message?.trim(),
    ring: ring === undefined ? undefined : Number(ring),
  };
}

/**
 * `release`: plays CI, a new version of demo-api and the pull request that brings it to the tenants. Run twice with the same
 * version it finds the pull request again.
 */
export async function releaseCommand(
  settings: SandboxSettings,
  args: string[],
  print: (text: string) => void,
): Promise<void> {
  const options = releaseOptions(args);
  const status = await runningStatus(settings.stateDir);
  if (status.example) {
    throw new CommandError(
      `The example ${status.example} runs, and release builds demo-api: change a version with npm run gitops -- bump --layouts, see docs/layouts.md.`,
    );
  }
  const forge = status.servers.find(server => server.name === 'forge');
  if (forge?.state !== 'ready') {
    throw new CommandError(`The forge is ${forge?.state}: npm run sandbox -- start forge.`);
  }
  const clients = releaseClients(forge.url);
  await release(clients, settings.stateDir, { ...options, now: new Date() }, print);
}

/** What CI speaks with: the source of the service, and the platform's repository. */
export interface ReleaseClients {
  source: ForgeApi;
  pulls: GithubRepository;
  /** Address of acme/platform for Git. */
  platformUrl: string;
}

/**
 * The clients of a forge.
 * @param url - for example http://localhost:7101
 */
export function releaseClients(url: string): ReleaseClients {
  const token = personalToken(ci);
  const headers = async () => ({ authorization: `token ${token}` });
  const connection = { apiUrl: `${url}/api/v3`, headers, throttle: false };
  return {
    source: forgeApi(url, token),
    pulls: new GithubRepository({ owner: 'acme', repo: 'platform' }, connection),
    platformUrl: `${url}/acme/platform.git`,
  };
}

/** The work of {@link releaseCommand}. */
export async function release(
  clients: ReleaseClients,
  stateDir: string,
  options: ReleaseOptions & { now: Date },
  print: (text: string) => void,
): Promise<void> {
  try {
    await withPlatform(clients, platform =>
      buildAndBump(clients.source, platform, stateDir, options, print),
    );
  } catch (error) {
    if ([GithubError, GitFault, PushFault].some(known => error instanceof known)) {
      throw new CommandError(`${(error as Error).message}.`);
    }
    throw error;
  }
}

/** Runs a task with acme/platform as it is now. */
async function withPlatform(
  { pulls, platformUrl: url }: ReleaseClients,
  task: (platform: ProposalTarget) => Promise<void>,
): Promise<void> {
  const token = Buffer.from(`${ci}:${personalToken(ci)}`).toString('base64');
  const git = {
    url,
    repository: 'acme/platform',
    branch: 'main',
    authorization: async () => `Basic ${token}`,
  };
  const { name, email } = person(ci);
  const author = { name, email };
  await withTemporaryMirror(git, async mirror => {
    const head = await mirror.fetch().catch(error => {
      if (error instanceof GitFault && error.kind === 'unreachable') {
        throw new CommandError(`The forge at ${new URL(url).origin} does not answer.`);
      }
      throw error;
    });
    await task({ pulls, mirror, base: git.branch, head, author, committer: author });
  });
}

async function buildAndBump(
  source: ForgeApi,
  platform: ProposalTarget,
  stateDir: string,
  options: ReleaseOptions & { now: Date },
  print: (text: string) => void,
): Promise<void> {
  const { tenant, ring } = options;
  if (tenant !== undefined) {
    const known = await tenantNames(platform);
    if (!known.includes(tenant)) {
      throw new CommandError(`There is no tenant ${tenant}: choose one of ${known.join(', ')}.`, 2);
    }
  }
  const authors = developers.map(person);
  const subject = await buildVersion(source, stateDir, { ...options, authors });
  const { version, author, message } = subject;
  print(`Version: ${version}${subject.built ? '' : ' (exists already)'}`);
  print(`Commit: ${subject.commit} ${message} (${author})`);
  const choice = { tenant, ring };
  const result = await bumpTenants(platform, subject, choice, options.now);
  for (const { tenant: skipped, reason } of result.skipped) {
    print(`Left alone: ${skipped}, ${reason}`);
  }
  print(`Pull request: ${describe(result.proposal)}`);
}

function describe(proposal: Proposal | undefined): string {
  if (!proposal?.url) return 'none, there is nothing to change.';
  if (proposal.outcome === 'opened') return proposal.url;
  const outcomes: Partial<Record<Proposal['outcome'], string>> = {
    unchanged: 'open already',
    updated: 'brought up to date',
    'left-alone': proposal.reason,
  };
  return `${proposal.url} (${outcomes[proposal.outcome] ?? proposal.outcome})`;
}

function person(login: string): Person {
  const found = people.find(candidate => candidate.login === login);
  if (!found) throw new Error(`The forge knows nobody called ${login}.`);
  return found;
}
