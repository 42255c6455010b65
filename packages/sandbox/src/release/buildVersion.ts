import { CommandError } from '../commands/commandError';
import { Person } from '../forge/people';
import { changeLogFile, withChange } from '../seed/serviceHistory';
import { BumpSubject } from './bumpSubject';
import { ForgeApi } from './forgeApi';
import { Image, imageRepository, pushImages, readImages } from './imageRegistry';

/** Share of the requests that fail in a bad version. */
const badFaultRatio = '0.35';

/** What a developer of the service would have done; taken in turn. */
const changes = [
  'fix: answer 400 for a duration that is no number',
  'perf: shorter median for /work',
  'refactor: one place for response headers',
  'feat: log how long a request waited',
  'fix: count requests that the client gave up',
];

/** How a version is built. */
export interface BuildOptions {
  /** The tag to give it; by default it follows from the commit. */
  version?: string;
  /** Whether a good part of its requests fails. */
  bad: boolean;
  /** Subject of the commit. */
  message?: string;
  /** Developers of the service; they take turns. */
  authors: Person[];
  now: Date;
}

/**
 * What CI does after a push: a commit on acme/demo-api's main and an image of it in the registry. A version that exists is
 * answered as it is.
 */
export async function buildVersion(
  api: ForgeApi,
  stateDir: string,
  options: BuildOptions,
): Promise<BumpSubject & { built: boolean }> {
  const images = await readImages(stateDir);
  const existing = images.find(image => image.tag === options.version);
  if (existing) {
    if (options.bad) {
      throw new CommandError(
        `${existing.tag} exists already and cannot be built again: tags are immutable. Leave out --version or --bad.`,
      );
    }
    return { ...subjectOf(existing), built: false };
  }
  const message = options.message ?? changes[images.length % changes.length];
  const author = options.authors[images.length % options.authors.length];
  const commit = await commitChange(api, message, author);
  const image: Image = {
    repository: imageRepository,
    tag: options.version ?? `sha-${commit.slice(0, 7)}`,
    commit,
    createdAt: options.now.toISOString(),
    author: author.name,
    message,
    ...(options.bad ? { environment: { FAULT_RATIO: badFaultRatio } } : {}),
  };
  await pushImages(stateDir, [image]);
  return { ...subjectOf(image), built: true };
}

/** A line in the change log, and another median duration of /work when the source still has one to change. */
async function commitChange(api: ForgeApi, message: string, author: Person): Promise<string> {
  const changeLog = (await api.readFile('demo-api', changeLogFile)) ?? '';
  const files: Record<string, string> = { [changeLogFile]: withChange(changeLog, message) };
  const source = 'src/app.ts';
  const text = await api.readFile('demo-api', source);
  if (text) files[source] = withOtherMedian(text);
  const { name, email } = author;
  const commit = await api.commit('demo-api', { files, message, author: { name, email } });
  await api.advanceMain('demo-api', commit);
  return commit;
}

/** The source with the median duration of /work moved by a millisecond, between 20 and 30. */
export function withOtherMedian(source: string): string {
  return source.replace(/(logNormalDuration\()(\d+)(,)/, (_, before, median, after) => {
    return `${before}${Number(median) >= 30 ? 20 : Number(median) + 1}${after}`;
  });
}

function subjectOf({ tag, commit, author, message }: Image): BumpSubject {
  return { version: tag, commit, author, message };
}
