import type { Workspace } from './loadWorkspace.ts';

type Logger = ConstructorParameters<Workspace['PodWatch']>[0]['logger'];

const nothing = () => undefined;

/** For the portal's parts that report to Backstage's log: here the tests tell what went wrong. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silentLogger,
};
