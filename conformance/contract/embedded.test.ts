/** The contract, tried on the embedded platform's servers, which run in this process. */
import { after } from 'node:test';
import { repositoryRoot } from '../support/environment.ts';
import { loadWorkspace } from './servers/loadWorkspace.ts';
import { contract } from './suites/contract.ts';

const workspace = await loadWorkspace();
const servers = await workspace.startEmbedded(repositoryRoot);
after(() => servers.close());

contract({ workspace, servers }, () => 'this machine has no Prometheus');
