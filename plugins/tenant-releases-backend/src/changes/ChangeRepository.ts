import {
  planAtCommit,
  UnknownTenant,
  type ChangeContext,
  type CommitPlan,
  type GitPerson,
  type ProposalTarget,
} from '@internal/gitops';
import type { ChangeRequest } from '@internal/plugin-tenant-releases-common';
import type { ChangeTarget } from '@internal/plugin-tenant-releases-node';
import type { GitopsSource } from '../config/gitopsSources';
import type { DesiredEntry } from '../desired/DesiredEntries';
import { tenantName } from '../desired/layout/chooseNames';
import type { CatalogFacts } from '../desired/layout/CatalogFacts';

/** What a {@link ChangeRepository} needs. */
export interface ChangeRepositoryOptions {
  source: GitopsSource;
  target: ChangeTarget;
  entries(): readonly DesiredEntry[];
  facts?: Pick<CatalogFacts, 'of'>;
  findHelm(): Promise<string | undefined>;
}

/** Rendering goes on while somebody waits. Milliseconds. */
const renderMs = 5_000;

/** A GitOps repository of which releases are changed, by the names that the portal gives to tenants and services. */
export class ChangeRepository {
  readonly #options: ChangeRepositoryOptions;

  constructor(options: ChangeRepositoryOptions) {
    this.#options = options;
  }

  /** For people. */
  get name(): string {
    return this.#options.source.name;
  }

  /** Whether a request means a release of this repository. */
  holds(request: ChangeRequest): boolean {
    const { tenants, service } = request;
    return this.#options
      .entries()
      .some(
        entry =>
          (tenants?.includes(entry.tenant) ?? true) && (service ?? entry.service) === entry.service,
      );
  }

  /**
   * Plans a change of the repository as it is now.
   *
   * @throws InvalidChange, UnknownTenant, ChangeRefusal
   * @throws GitFault
   */
  async plan(
    request: ChangeRequest,
    who: ChangeContext,
    author: GitPerson | undefined,
  ): Promise<CommitPlan & { target: ProposalTarget }> {
    const { source, target, facts, findHelm } = this.#options;
    const { gitops, layouts } = source;
    const now = await target.open(author);
    const helm = layouts && (await findHelm());
    const planned = await planAtCommit(
      target.mirror,
      now.head,
      { url: gitops.repository.url, branch: gitops.branch },
      {
        request: layouts ? this.#ofRepository(request) : request,
        who,
        places: gitops,
        ...(layouts
          ? {
              other: {
                layouts,
                read: { addresses: gitops.addresses, renderMs, ...(helm ? { helm } : {}) },
                ...(facts ? { factsOf: facts.of.bind(facts) } : {}),
              },
            }
          : {}),
      },
    );
    return { ...planned, target: now };
  }

  /** The portal's name of a tenant of the repository. */
  tenantOf(name: string): string {
    return this.#options.source.layouts ? tenantName(name) : name;
  }

  /** A request in the names of the repository. @throws UnknownTenant */
  #ofRepository(request: ChangeRequest): ChangeRequest {
    const entries = this.#options.entries();
    const { tenants, service } = request;
    const tenantsOf = (tenant: string) => {
      const found = entries.filter(entry => entry.tenant === tenant);
      if (found.length === 0) throw new UnknownTenant(tenant);
      return found.flatMap(({ deployed }) => deployed?.names.tenant ?? []);
    };
    const ofService = entries.find(entry => entry.service === service)?.deployed?.names.service;
    return {
      ...request,
      ...(tenants ? { tenants: [...new Set(tenants.flatMap(tenantsOf))] } : {}),
      ...(ofService === undefined ? {} : { service: ofService }),
    };
  }
}
