/** What is verified of charts, GitOps tree, workflows, images and history, and by which tool. */
import { actionlint, gitleaks, zizmor } from './repositoryChecks.mjs';
import { amtool } from './amtoolCheck.mjs';
import { helm } from './helmCheck.mjs';
import { kubeScore, kubeconform } from './manifestChecks.mjs';
import { promtool } from './promtoolCheck.mjs';
import { checkov, trivy } from './scannerChecks.mjs';

/**
 * Every check: `title`, the `tools` it needs, whether it reads what is `rendered`, and `run`, which gets the tools' absolute
 * paths by name and the stage (see renderAll), and answers `{ title, problem? }` for each thing that it judged.
 */
export const checks = {
  helm,
  kubeconform,
  'kube-score': kubeScore,
  trivy,
  checkov,
  promtool,
  amtool,
  actionlint,
  zizmor,
  gitleaks,
};
