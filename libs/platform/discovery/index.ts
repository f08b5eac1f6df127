export { instancesOf } from './instances-of.js';
