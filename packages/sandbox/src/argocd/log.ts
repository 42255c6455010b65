/** Writes one readable line about something that happened. */
export type Logger = (line: string) => void;

/** Logs to stdout with the time in UTC. */
export const consoleLogger: Logger = line => {
  process.stdout.write(`${new Date().toISOString()} argocd ${line}\n`);
};
