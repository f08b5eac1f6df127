export { notModified } from './conditional-get.js';
export { versionTag } from './entity-tag.js';
export { IfMatch, versionConditionOf, type VersionCondition } from './if-match.js';
