import type { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import type { UserEntity } from '@backstage/catalog-model';
import { NotAllowedError, NotImplementedError, ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  answerOf,
  changeDrafts,
  ChangeRefusal,
  InvalidChange,
  judgeImages,
  proposePlan,
  type ChangePlan,
  type GitPerson,
  type ImageRegistry,
} from '@internal/gitops';
import type { ChangeAnswer, ChangeRequest } from '@internal/plugin-tenant-releases-common';
import { personOf } from '@internal/plugin-tenant-releases-node';
import type { ChangeAccess, Changer } from './ChangeAccess';
import { changeError } from './changeError';
import type { ChangeRepository } from './ChangeRepository';
import { ownLeftOut, ownRefusal } from './ownWords';

/** What a {@link ChangeService} needs. */
export interface ChangeServiceOptions {
  /** Those that pull requests can be opened in. */
  repositories: readonly ChangeRepository[];
  /** Why there is none for a repository, for people. */
  problems: readonly string[];
  access: Pick<ChangeAccess, 'changer'>;
  registry?: Pick<ImageRegistry, 'lookUp'>;
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  /** Told when a pull request was opened. */
  onOpened(): void;
}

/** What became of a request. */
export interface ChangeResult {
  answer: ChangeAnswer;
  /** Something was opened now. */
  isNew: boolean;
}

/** Changes releases by pull requests: plans them on the repository as it is, and judges who asks. */
export class ChangeService {
  readonly #options: ChangeServiceOptions;

  constructor(options: ChangeServiceOptions) {
    this.#options = options;
  }

  /**
   * @throws InputError, NotFoundError, NotAllowedError, ConflictError, ServiceUnavailableError, each with the cure
   */
  async change(
    credentials: BackstageCredentials,
    userEntityRef: string | undefined,
    request: ChangeRequest,
  ): Promise<ChangeResult> {
    if (userEntityRef === undefined) {
      throw new NotAllowedError('Changes are made by people: sign in as one');
    }
    const { access, registry, onOpened } = this.#options;
    const changer = await access.changer(credentials, request);
    const repository = this.#repositoryOf(request);
    const who = { by: userEntityRef, at: new Date(), isBound: !changer.isPlatform };
    const author = request.dryRun ? undefined : await this.#person(userEntityRef);
    const { plan, images, target } = await told(changer, () =>
      repository.plan(request, who, author),
    );
    changer.requireTenants(plan.tenants.map(({ name }) => repository.tenantOf(name)));
    const { refused, warnings } = registry
      ? await judgeImages(images, registry)
      : { refused: [], warnings: [] };
    if (refused.length > 0) throw new ChangeRefusal(refused.join('; '));
    const answer = answerFor(changer, repository, plan, warnings);
    if (request.dryRun) return { answer, isNew: false };
    const { pullRequests, isNew } = await told(changer, () => proposePlan(target, plan));
    if (isNew) onOpened();
    const shown = pullRequests.map(({ url, ...one }) =>
      changer.seesFleet ? { ...one, url } : one,
    );
    return { answer: { ...answer, pullRequests: shown }, isNew };
  }

  #repositoryOf(request: ChangeRequest): ChangeRepository {
    const { repositories, problems } = this.#options;
    if (repositories.length === 0) {
      throw new NotImplementedError(problems[0] ?? 'There is no repository to change');
    }
    if (repositories.length === 1 && problems.length === 0) return repositories[0];
    const found = repositories.filter(one => one.holds(request));
    if (found.length === 1) return found[0];
    if (found.length === 0) {
      throw new NotImplementedError(problems[0] ?? 'No repository holds such a release');
    }
    const names = found.map(({ name }) => name).join(', ');
    throw new InvalidChange(
      'tenants',
      `more than one repository holds such releases (${names}): name tenants of one`,
    );
  }

  /** The person as Git names authors; undefined where the catalog does not say, or nobody's address is known. */
  async #person(userEntityRef: string): Promise<GitPerson | undefined> {
    const { auth, catalog } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const entity = await catalog.getEntityByRef(userEntityRef, { credentials }).catch(() => {
      throw new ServiceUnavailableError('The catalog does not answer, so nobody knows who you are');
    });
    return personOf(entity as UserEntity | undefined);
  }
}

/** Does a part of a change; what goes wrong with it is told in words for this person. */
async function told<T>({ seesFleet }: Changer, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    const error = changeError(thrown);
    throw seesFleet ? error : ownRefusal(error);
  }
}

/** What is told of a plan, to whom. @param warnings - of the registries */
function answerFor(
  { seesFleet }: Changer,
  repository: ChangeRepository,
  plan: ChangePlan,
  warnings: readonly string[],
): ChangeAnswer {
  const { files, leftOut, ...rest } = answerOf(plan);
  const own = new Set(plan.request.tenants ?? []);
  const named = <T extends { tenant: string }>(one: T): T => ({
    ...one,
    tenant: repository.tenantOf(one.tenant),
  });
  const all = leftOut.map(named);
  const [{ title }] = changeDrafts(plan);
  const notes = seesFleet ? plan.parts.flatMap(part => part.notes) : [];
  return {
    ...rest,
    title,
    files: seesFleet ? files : files.map(onlyChanges),
    tenants: plan.tenants.map(({ name }) => repository.tenantOf(name)),
    leftOut: seesFleet ? all : all.filter(({ tenant }) => own.has(tenant)).map(ownLeftOut),
    concerned: concernedOf(plan).map(named),
    notes: [...new Set([...notes, ...warnings])],
  };
}

/** Of a file that others are in as well, only what changes. */
function onlyChanges({ path, patch }: ChangeAnswer['files'][number]) {
  const lines = patch.split('\n').filter(line => !line.startsWith(' '));
  return { path, patch: lines.join('\n') };
}

function concernedOf({ parts }: ChangePlan): NonNullable<ChangeAnswer['concerned']> {
  return parts.flatMap(({ edits }) =>
    edits.flatMap(({ tenants, from, to }) =>
      tenants.map(({ name: tenant, displayName, tier, ring, owner }) => ({
        tenant,
        ...(displayName === undefined ? {} : { displayName }),
        ...(tier === undefined ? {} : { tier }),
        ...(ring === undefined || ring < 0 ? {} : { ring }),
        ...(owner === undefined ? {} : { owner }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      })),
    ),
  );
}
