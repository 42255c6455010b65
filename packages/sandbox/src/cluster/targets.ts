import { PodRuntime } from './api/podRuntime';
import { servicesOfPod } from './controllers/servicePods';
import { isTerminating } from './model/objects';
import { kinds } from './model/resources';
import { Pod, Service } from './model/workloads';
import { splitImage } from './kubelet/imageRegistry';
import { ObjectStore } from './store/ObjectStore';

/** One entry of Prometheus' HTTP service discovery: https://prometheus.io/docs/prometheus/latest/http_sd/ */
export interface ScrapeTarget {
  targets: string[];
  labels: Record<string, string>;
}

const prefix = 'prometheus.io/';

function annotation(name: string, pod: Pod, service: Service | undefined): string | undefined {
  return (
    pod.metadata.annotations?.[`${prefix}${name}`] ??
    service?.metadata.annotations?.[`${prefix}${name}`]
  );
}

function scrapeTarget(store: ObjectStore, runtime: PodRuntime, pod: Pod): ScrapeTarget[] {
  const services = servicesOfPod(store, pod);
  const service =
    services.find(item => item.metadata.annotations?.[`${prefix}scrape`] === 'true') ?? services[0];
  if (annotation('scrape', pod, service) !== 'true') {
    return [];
  }
  const port = runtime.realPort(pod, annotation('port', pod, service)) ?? runtime.realPort(pod);
  if (port === undefined) {
    return [];
  }
  const [container] = pod.spec.containers;
  const name = service?.metadata.name ?? container.name;
  return [
    {
      targets: [`127.0.0.1:${port}`],
      labels: {
        __metrics_path__: annotation('path', pod, service) ?? '/metrics',
        job: name,
        namespace: pod.metadata.namespace ?? '',
        pod: pod.metadata.name,
        service: name,
        version: splitImage(container.image).tag,
      },
    },
  ];
}

/** The running pods that ask to be scraped, by an annotation of their own or of a Service that selects them. */
export function scrapeTargets(store: ObjectStore, runtime: PodRuntime): ScrapeTarget[] {
  return store
    .list(kinds.pod)
    .map(object => object as Pod)
    .filter(pod => pod.status?.phase === 'Running' && !isTerminating(pod))
    .flatMap(pod => scrapeTarget(store, runtime, pod));
}
