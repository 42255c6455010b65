import { ConfigReader } from '@backstage/config';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { readPluginConfig, type PluginConfig } from '../config/readPluginConfig';
import { DesiredFleet } from '../desired/DesiredFleet';
import { DesiredIndex } from '../desired/DesiredIndex';
import { FolderContents } from '../desired/FolderContents';
import { ReleaseBoard } from '../releases/ReleaseBoard';
import { TenantApplications } from '../releases/TenantApplications';
import { imageHint } from '../running/imageHint';
import type { KubernetesApi, PodEvent } from '../running/KubernetesClient';
import { PodWatch } from '../running/PodWatch';
import { RunningIndex } from '../running/RunningIndex';
import { ApplicationWatch } from '../sync/ApplicationWatch';
import type { ApplicationEvent, ApplicationRef, ArgocdApi } from '../sync/ArgocdClient';
import { managedResourcesSchema, resourceTreeSchema } from '../sync/resourceSchemas';
import { repositoryMatcher } from '../sync/repositoryAddress';
import { SyncIndex } from '../sync/SyncIndex';
import { projectWindowsSchema, syncWindowsSchema } from '../sync/syncWindowSchemas';
import { VersionCommits } from '../versions/VersionCommits';
import { ChangeHints } from '../upstream/ChangeHints';
import { UpstreamError } from '@internal/gitops';
import { EventQueue } from './EventQueue';
import { FakeGitApi } from './FakeGitApi';

/** What Argo CD answers when it is asked about one Application. */
export interface ApplicationAnswers {
  tree?: object;
  managed?: object;
  windows?: object;
  project?: object;
}

/** Not a mock: that would keep all that is ever said. */
const quiet = () => {};
const logger: LoggerService = {
  error: quiet,
  warn: quiet,
  info: quiet,
  debug: quiet,
  child: () => logger,
};

/** The three indexes and the board over upstreams in memory, which answer objects as they are: nothing of HTTP is in it. */
export class TestFleet {
  readonly git = new FakeGitApi();
  readonly applications = new Map<string, unknown>();
  readonly answers = new Map<string, ApplicationAnswers>();
  /** What is answered of the others; without it they are refused. */
  otherAnswers: ApplicationAnswers | undefined;
  readonly pods = new Map<string, unknown>();
  readonly desired: DesiredIndex;
  readonly fleet: DesiredFleet;
  readonly sync: SyncIndex;
  readonly running: RunningIndex;
  readonly board: ReleaseBoard;
  readonly config: PluginConfig;
  /** What went wrong on our side. */
  readonly errors: unknown[] = [];
  #version = 100;
  #applicationEvents: EventQueue<ApplicationEvent> | undefined;
  #podEvents: EventQueue<PodEvent> | undefined;

  /** Of no service. */
  readonly commits = new VersionCommits(new Map(), logger);

  constructor(settings: JsonObject = {}) {
    this.git.answerMs = 0;
    const config = readPluginConfig(
      new ConfigReader({
        tenantReleases: {
          gitops: { repository: 'https://git.example.com/acme/platform', pollSeconds: 1 },
          ...settings,
        },
        // With an address for people, so that links are made.
        argocd: {
          appLocatorMethods: [
            {
              type: 'config',
              instances: [{ name: 'main', url: 'https://argocd.example.com', token: 'x' }],
            },
          ],
        },
      }),
    );
    const { gitops: sources, service } = config;
    const [{ gitops, applications: expectations }] = sources;
    this.config = config;
    this.desired = new DesiredIndex({ api: this.git, gitops, service, logger });
    const watch = new ApplicationWatch({
      name: 'main',
      api: this.#argocd(),
      logger,
      isGitops: repositoryMatcher(gitops.addresses),
      tenantOfFile: path => gitops.matchTenantFile(path)?.tenant,
    });
    this.sync = new SyncIndex([watch]);
    const pods = new PodWatch({ name: 'in-cluster', api: this.#kubernetes(), logger });
    this.running = new RunningIndex([pods], (tenant, name) =>
      imageHint(this.desired.get(tenant, name)),
    );
    const { desired, sync, running } = this;
    const folders = new FolderContents(this.git);
    const error = (message: string, cause?: unknown) => this.errors.push(cause ?? message);
    const serving = { changes: new ChangeHints(), state: () => undefined };
    const { commits } = this;
    const fleet = new DesiredFleet([{ id: 'git', name: 'Git', index: desired }]);
    const applications = new TenantApplications({ desired, sync, gitops, expectations });
    const parts = { desired: fleet, sync, running, serving, commits, folders, applications };
    this.fleet = fleet;
    this.board = new ReleaseBoard({ config, ...parts, logger: { error } });
  }

  start(): void {
    [this.desired, this.sync, this.running].forEach(index => index.start());
  }

  async stop(): Promise<void> {
    this.board.stop();
    await Promise.all([this.desired, this.sync, this.running].map(index => index.stop()));
  }

  /** Changes an Application, with an event of the stream. */
  sendApplication(key: string, application: unknown, type: ApplicationEvent['type'] = 'MODIFIED') {
    if (type === 'DELETED') this.applications.delete(key);
    else this.applications.set(key, application);
    this.#applicationEvents?.push({ type, application: this.#versioned(application) });
  }

  /** Changes a pod, with an event of the watch. */
  sendPod(key: string, pod: unknown, type: PodEvent['type'] = 'MODIFIED'): void {
    if (type === 'DELETED') this.pods.delete(key);
    else this.pods.set(key, pod);
    this.#podEvents?.push({ type, pod: this.#versioned(pod) });
  }

  /** Whether both streams are open. */
  get isOpen(): boolean {
    return this.#applicationEvents !== undefined && this.#podEvents !== undefined;
  }

  #versioned(object: unknown): unknown {
    this.#version += 1;
    const { metadata } = (object ?? {}) as { metadata?: unknown };
    const canCarry = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
    if (!canCarry || 'resourceVersion' in metadata) return object;
    return {
      ...(object as object),
      metadata: { ...metadata, resourceVersion: String(this.#version) },
    };
  }

  #argocd(): ArgocdApi {
    const answersOf = ({ name, namespace }: ApplicationRef) => {
      const found = this.answers.get(`${namespace}/${name}`) ?? this.otherAnswers;
      if (!found) throw new UpstreamError('forbidden', 'answered 403');
      return found;
    };
    return {
      probe: async () => {},
      list: async () => ({
        version: String(this.#version),
        items: [...this.applications.values()],
      }),
      watch: (_, signal) => {
        this.#applicationEvents = new EventQueue(signal);
        return this.#applicationEvents[Symbol.asyncIterator]() as AsyncGenerator<ApplicationEvent>;
      },
      get: async ({ name, namespace }) => this.applications.get(`${namespace}/${name}`),
      revisionMetadata: async () => ({}),
      resourceTree: async ref => resourceTreeSchema.parse(answersOf(ref).tree ?? {}),
      managedResources: async ref => managedResourcesSchema.parse(answersOf(ref).managed ?? {}),
      syncWindows: async ref => syncWindowsSchema.parse(answersOf(ref).windows ?? {}),
      projectWindows: async project =>
        projectWindowsSchema.parse(
          [...this.answers.values()].find(answers => answers.project)?.project ?? {
            spec: {},
            project,
          },
        ),
    };
  }

  #kubernetes(): KubernetesApi {
    return {
      probe: async () => {},
      list: async () => ({ version: String(this.#version), items: [...this.pods.values()] }),
      watch: (_, signal) => {
        this.#podEvents = new EventQueue(signal);
        return this.#podEvents[Symbol.asyncIterator]() as AsyncGenerator<PodEvent>;
      },
    };
  }
}
