import { Files } from './sourceTree';

/** A commit in the history of acme/demo-api. */
export interface ServiceCommit {
  message: string;
  /** Login of somebody in the forge's people. */
  author: string;
  /** Hours before the start of the platform. */
  hoursAgo: number;
  /** What its image sets in the environment. */
  environment?: Record<string, string>;
}

interface Step extends ServiceCommit {
  /** The files that this commit brings; the first commit brings all that no other one does. */
  files?: RegExp;
}

/** How the service came to be. Each commit is a version with an image. */
const steps: Step[] = [
  {
    message: 'feat: answer requests, probes and scrapes',
    author: 'lin',
    hoursAgo: 840,
  },
  {
    message: 'feat: measure durations by route and status',
    author: 'dev',
    hoursAgo: 788,
    files: /^src\/(metrics|observe)\.ts$/,
  },
  {
    message: 'build: image that runs as non-root on a read-only file system',
    author: 'ada',
    hoursAgo: 720,
    files: /^Dockerfile$/,
  },
  {
    message: 'feat: structured logs with tenant, version and request id',
    author: 'dev',
    hoursAgo: 645,
    files: /^src\/(log|requestId)\.ts$/,
  },
  {
    message: 'feat: compute for a moment before waiting',
    author: 'lin',
    hoursAgo: 560,
    files: /^src\/work\.ts$/,
  },
  {
    message: 'feat: end requests in flight before stopping',
    author: 'dev',
    hoursAgo: 480,
    files: /^src\/server\.ts$/,
  },
  {
    message: 'feat: fail requests on purpose for exercises',
    author: 'lin',
    hoursAgo: 400,
    files: /^src\/faults\.ts$/,
    environment: { FAULT_RATIO: '0.09' },
  },
  {
    message: 'fix: fail no request unless FAULT_RATIO asks for it',
    author: 'lin',
    hoursAgo: 374,
    files: /^README\.md$/,
  },
  {
    message: 'feat: name every setting that is wrong',
    author: 'dev',
    hoursAgo: 290,
    files: /^src\/config\.ts$/,
  },
  {
    message: 'build: leave what is not built out of the image',
    author: 'ada',
    hoursAgo: 200,
    files: /^Dockerfile\.dockerignore$/,
  },
  {
    message: 'feat: measure a thread apart from its process',
    author: 'lin',
    hoursAgo: 98,
    files: /^src\/threadMetrics\.ts$/,
  },
  {
    message: 'test: cover configuration, logs and shutdown',
    author: 'dev',
    hoursAgo: 8,
    files: /\.test\.ts$/,
  },
];

/** The service's change log, which every version adds a line to. */
export const changeLogFile = 'CHANGELOG.md';

const heading = '# Changes, newest first\n\n';

/**
 * The commits of acme/demo-api, oldest first, each with the files that it adds or changes. Together they make up exactly the
 * service's sources and a change log.
 * @param sources - the service's files, relative to its folder
 */
export function serviceHistory(sources: Files): Array<ServiceCommit & { files: Files }> {
  const later = steps.slice(1).flatMap(step => step.files ?? []);
  let changeLog = '';
  return steps.map(({ files: pattern, ...commit }) => {
    const belongs = (name: string) =>
      pattern ? pattern.test(name) : !later.some(other => other.test(name));
    const files = Object.fromEntries(Object.entries(sources).filter(([name]) => belongs(name)));
    changeLog = withChange(changeLog, commit.message);
    return { ...commit, files: { ...files, [changeLogFile]: changeLog } };
  });
}

/** The change log with one line more, newest first. */
export function withChange(changeLog: string, message: string): string {
  const lines = changeLog.startsWith(heading) ? changeLog.slice(heading.length) : changeLog;
  return `${heading}- ${message}\n${lines}`;
}
