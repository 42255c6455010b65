import { ComparisonSources } from '../controller/compareApplication';
import { ApplicationController } from '../controller/applicationController';
import { EventRecorder } from '../controller/eventRecorder';
import { KubernetesClient } from '../kubernetes/kubernetesClient';
import { Logger } from '../log';
import { Accounts } from './accounts';

/** What the routes of the API work with. */
export interface ApiContext extends ComparisonSources {
  controller: ApplicationController;
  client: KubernetesClient;
  accounts: Accounts;
  events: EventRecorder;
  log: Logger;
  /** Signs the forge's webhooks. */
  webhookSecret: string;
  /** The server's own base URL, once it listens. */
  url(): string;
}
