import http from 'node:http';
import path from 'node:path';
import { RunningServer, SandboxSettings, serverUrl } from '../settings';
import { apiHandler } from './api/apiHandler';
import { Collector, collectorDefaults } from './collector';
import { autoscalerController } from './controllers/autoscalerController';
import { ControllerContext, runController } from './controllers/controller';
import { deploymentController } from './controllers/deploymentController';
import { endpointSliceController } from './controllers/endpointSliceController';
import { EventRecorder } from './controllers/EventRecorder';
import { garbageCollector } from './controllers/garbageCollector';
import { namespaceController } from './controllers/namespaceController';
import { replicaSetController } from './controllers/replicaSetController';
import { scheduler } from './controllers/scheduler';
import { createFirstObjects } from './firstObjects';
import { Program } from './kubelet/ContainerThread';
import { lineTimes } from './kubelet/ContainerLog';
import { PortPool } from './kubelet/freePort';
import { anyImage, pullImage } from './kubelet/imageRegistry';
import { Kubelet } from './kubelet/Kubelet';
import { registerNode } from './kubelet/node';
import { KubeletSettings } from './kubelet/services';
import { startLoad } from './load';
import { systemClock } from './model/clock';
import { kinds } from './model/resources';
import { ClusterObjects } from './objects/ClusterObjects';
import { ObjectStore } from './store/ObjectStore';
import { loadContent, persistStore } from './store/persistence';
import { streamLabels } from './streamLabels';
import { scrapeTargets } from './targets';

/** What tests change about a cluster. */
export interface ClusterOptions {
  /** What every pod runs; by default the demo-api bundle of the checkout. */
  program?: Program;
  /** Whether the pods get background load; by default they do. */
  load?: boolean;
  kubelet?: Partial<KubeletSettings>;
  log?: (line: string) => void;
}

/**
 * Shorter than the real kubelet's (10 s to 5 minutes), so that a demonstration sees a pod give up and recover.
 */
const kubeletDefaults: KubeletSettings = {
  nodeName: 'sandbox',
  hostIP: '127.0.0.1',
  imageBackOff: { initial: 4_000, maximum: 30_000 },
  crashBackOff: { initial: 5_000, maximum: 60_000 },
};

/** Pods and their addresses end with this process, which runs them; everything else is as it was. */
function withoutPods(content: ReturnType<typeof loadContent>) {
  const gone = [kinds.pod.kind, kinds.endpointSlice.kind];
  return { ...content, objects: content.objects.filter(({ kind }) => !gone.includes(kind)) };
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * Starts the embedded Kubernetes: API, controllers, kubelet, pods, log collector and load, all in this process.
 * @throws Error when the port is taken (code EADDRINUSE).
 */
export async function startClusterWith(
  settings: SandboxSettings,
  options: ClusterOptions = {},
): Promise<RunningServer> {
  const log = options.log ?? ((line: string) => process.stdout.write(`${line}\n`));
  const clock = systemClock;
  const random = Math.random;
  const directory = path.join(settings.stateDir, 'cluster');
  const objectsFile = path.join(directory, 'objects.json');
  const store = new ObjectStore(withoutPods(loadContent(objectsFile, log)));
  const objects = new ClusterObjects(store, clock, random);
  const kubeletSettings = { ...kubeletDefaults, ...options.kubelet };
  const events = new EventRecorder(objects, clock, kubeletSettings.nodeName);
  const context: ControllerContext = { objects, events, clock, log };
  const collector = new Collector(
    { ...collectorDefaults, url: serverUrl(settings, 'loki') },
    clock,
    log,
  );
  const registryFile = path.join(settings.stateDir, 'registry', 'images.json');
  const kubelet = new Kubelet(
    context,
    {
      settings: kubeletSettings,
      clock,
      store,
      program: options.program ?? {
        file: path.join(settings.repositoryRoot, 'services/demo-api/dist/main.js'),
      },
      ports: new PortPool(random),
      present: new Map(),
      pull: async reference =>
        settings.example ? anyImage(reference) : await pullImage(registryFile, reference),
      lineTime: lineTimes(() => clock.now()),
    },
    (source, containerLog) => {
      const labels = streamLabels(source);
      containerLog.subscribe(line => line && collector.add(labels, line.time, line.text));
    },
  );

  const server = http.createServer(
    apiHandler({
      objects,
      runtime: kubelet,
      clock,
      tokens: settings.tokens,
      targets: () => scrapeTargets(store, kubelet),
      log,
    }),
  );
  // Longer than clients keep idle connections, so that they never reuse one that is just being closed.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, settings.ports.cluster);

  createFirstObjects(objects);
  registerNode(objects, kubeletSettings.nodeName, kubeletSettings.hostIP, clock.now());
  const persistence = persistStore(store, objectsFile, clock, log);
  const controllers = [
    namespaceController(context),
    garbageCollector(context),
    deploymentController(context),
    replicaSetController(context),
    endpointSliceController(context),
    autoscalerController(context),
    scheduler(context, kubeletSettings.nodeName),
    kubelet.controller(),
  ].map(controller => runController(context, controller));
  const stopLoad = options.load === false ? () => {} : startLoad(store, kubelet, clock, random);
  log(`Kubernetes engine on http://localhost:${port}, ${store.content().objects.length} objects`);

  return {
    url: `http://localhost:${port}`,
    async close() {
      stopLoad();
      controllers.forEach(stop => stop());
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await kubelet.close();
      // Before the collector, which may have to wait for a Loki that hangs.
      persistence.close();
      await collector.close();
      await closed;
    },
  };
}
