import type { Config } from '@backstage/config';
import type { RegistrySettings, RepositoryAddress } from '@internal/gitops';
import type { PodLabels } from '../running/PodRecord';
import type { ServingObjective } from '../serving/FailingSpans';
import { readArgocdConfig, type ArgocdInstance } from './argocdConfig';
import { readGitopsSources, type GitopsSource } from './gitopsSources';
import { readKubernetesConfig, type KubernetesCluster } from './kubernetesConfig';
import { readGraceSeconds, readPodLabels, readServingObjective } from './joinConfig';
import type { PartProblem } from './PartProblem';
import { readRegistryConfig } from './registryConfig';
import { readServicesConfig } from './servicesConfig';
import {
  readGrafanaConfig,
  readTelemetryConfig,
  type GrafanaConfig,
  type TelemetryServer,
} from './telemetryConfig';

/** Everything that the plugin reads from the configuration, typed and checked. */
export interface PluginConfig {
  /** The GitOps repositories, in their order; one at least, and at most one of our own layout. */
  gitops: [GitopsSource, ...GitopsSource[]];
  /** Service that every tenant runs, where the tenant files' path does not name it. */
  service: string;
  /** Where the sources of services are, by the service's name. */
  repositories: ReadonlyMap<string, RepositoryAddress>;
  argocd: ArgocdInstance[];
  kubernetes: KubernetesCluster[];
  telemetry: TelemetryServer[];
  grafana?: GrafanaConfig;
  /** Registries that may be asked whether images exist. */
  registries: RegistrySettings[];
  /** Labels that tell whose a pod is. */
  podLabels: PodLabels;
  /** Seconds for which a health that has become worse is no alarm yet. */
  graceSeconds: number;
  /** From when on a release that answers requests is said to fail. */
  serving: ServingObjective;
  /** Path of helm; without one it is looked for on the PATH. */
  helmPath?: string;
  /** See config.d.ts; the one on the PATH when absent. */
  kubectlPath?: string;
  /** Optional parts that are left out. */
  problems: PartProblem[];
  /** Further lines for the log. */
  warnings: string[];
}

/**
 * Reads the configuration once.
 *
 * @throws Error with one line that names the key and the cure when a required part is missing or wrong
 */
export function readPluginConfig(config: Config): PluginConfig {
  const [first, ...others] = readGitopsSources(config);
  const service = config.getOptionalString('tenantReleases.service') ?? 'demo-api';
  if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(service)) {
    throw new Error(
      `Configuration tenantReleases.service "${service}" is not a name; set it to a name such as demo-api`,
    );
  }
  const argocd = readArgocdConfig(config);
  const kubernetes = readKubernetesConfig(config);
  const telemetry = readTelemetryConfig(config);
  const grafana = readGrafanaConfig(config);
  const services = readServicesConfig(config);
  const registry = readRegistryConfig(config);
  const helmPath = config.getOptionalString('tenantReleases.helm.path');
  const kubectlPath = config.getOptionalString('tenantReleases.kubectl.path');
  return {
    gitops: [first, ...others],
    service,
    repositories: services.repositories,
    podLabels: readPodLabels(config),
    graceSeconds: readGraceSeconds(config),
    serving: readServingObjective(config),
    argocd: argocd.parts,
    kubernetes: kubernetes.parts,
    telemetry: telemetry.parts,
    registries: registry.registries,
    ...(typeof grafana === 'object' ? { grafana } : {}),
    ...(helmPath === undefined ? {} : { helmPath }),
    ...(kubectlPath === undefined ? {} : { kubectlPath }),
    problems: [...argocd.problems, ...kubernetes.problems, ...telemetry.problems],
    warnings: [
      ...services.problems,
      ...registry.problems,
      ...(typeof grafana === 'string' ? [grafana] : []),
    ],
  };
}
