export { PROMETHEUS, PrometheusServer, type FiringAlert, type Series } from './prometheus-server.js';
export { hastenRules } from './hasten-rules.js';
