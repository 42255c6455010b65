export { Forge, openForge } from './forge';
export type { MergePullRequestOptions, OpenPullRequestOptions } from './forge';
export type { CommitFilesOptions } from './model/commitFiles';
export type { MergeMethod } from './model/merge';
export { people, personalToken, personByEmail, personByLogin, portalBot } from './people';
export type { Person } from './people';
export { startForge } from './server';
