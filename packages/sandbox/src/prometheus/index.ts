export { findPrometheus, type PrometheusPrograms } from './install';
export { startPrometheus } from './startPrometheus';
