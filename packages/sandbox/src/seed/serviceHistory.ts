import { Files } from './sourceTree';

/** A commit in the history of acme/demo-api. */
export interface ServiceCommit {
  message: string;
  /** Login of somebody in the forge's people. */
  author: string;
  /** Hours before the start of the platform. */
  hoursAgo: number;
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
    hoursAgo: 240,
  },
  {
    message: 'feat: measure durations by route and status',
    author: 'dev',
    hoursAgo: 214,
    files: /^src\/(metrics|observe)\.ts$/,
  },
  {
    message: 'build: image that runs as non-root on a read-only file system',
    author: 'ada',
    hoursAgo: 190,
    files: /^Dockerfile/,
  },
  {
    message: 'feat: structured logs with tenant, version and request id',
    author: 'dev',
    hoursAgo: 150,
    files: /^src\/(log|requestId)\.ts$/,
  },
  {
    message: 'feat: fail requests on purpose for exercises',
    author: 'lin',
    hoursAgo: 112,
    files: /^src\/faults\.ts$/,
  },
  {
    message: 'fix: fail no request unless FAULT_RATIO asks for it',
    author: 'lin',
    hoursAgo: 62,
    files: /^README\.md$/,
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
  return steps.map(({ message, author, hoursAgo, files: pattern }) => {
    const belongs = (name: string) =>
      pattern ? pattern.test(name) : !later.some(other => other.test(name));
    const files = Object.fromEntries(Object.entries(sources).filter(([name]) => belongs(name)));
    changeLog = withChange(changeLog, message);
    return { message, author, hoursAgo, files: { ...files, [changeLogFile]: changeLog } };
  });
}

/** The change log with one line more, newest first. */
export function withChange(changeLog: string, message: string): string {
  const lines = changeLog.startsWith(heading) ? changeLog.slice(heading.length) : changeLog;
  return `${heading}- ${message}\n${lines}`;
}
