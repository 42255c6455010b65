/** The contract, tried on the real servers that the environment names. */
import { after } from 'node:test';
import { loadWorkspace } from './servers/loadWorkspace.ts';
import { missingFor, useRealServers } from './servers/realServers.ts';
import type { Servers } from './servers/Servers.ts';
import { contract } from './suites/contract.ts';

const workspace = await loadWorkspace();
const servers = await useRealServers();
after(() => servers.close());

const isPart = (part: keyof Servers) => part !== 'name' && part !== 'close';
contract({ workspace, servers }, part =>
  isPart(part) ? `not set: ${missingFor(part as 'loki').join(', ')}` : '',
);
