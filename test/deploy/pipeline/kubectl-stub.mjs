#!/usr/bin/env node
// Answers as a cluster does that is as the file STUB_STATE says, and writes down there what it is told. Only what the steps
// of the pipeline ask for; anything else is an error.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.STUB_STATE;
const state = JSON.parse(readFileSync(file, 'utf8'));
const [namespace, rest] = [process.argv[3], process.argv.slice(4)];
const [verb, what] = rest;
const isImage = /^ +image: (\S+)$/m;
const deploymentOf = (name) => state.deployments.find((each) => each.name === name.replace('deployment/', ''));
const flag = (name) => rest.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];

/** A template that has changed is a revision of its own; which, the controller says a moment later. */
function become(deployment, image) {
  if (deployment.image === image) return;
  deployment.image = image;
  deployment.pending = true;
}

function settle(deployment) {
  if (!deployment.pending) return;
  deployment.pending = false;
  deployment.revision += 1;
  const kept = state.sets.find((set) => set.name === deployment.name && set.image === deployment.image);
  if (kept) kept.revision = deployment.revision;
  else state.sets.push({ name: deployment.name, image: deployment.image, revision: deployment.revision });
}

const metadata = (name, revision, more = {}) => ({
  name,
  annotations: { 'deployment.kubernetes.io/revision': String(revision), ...more },
});
const template = (image) => ({ template: { spec: { containers: [{ image }] } } });

function apply() {
  const documents = readFileSync(0, 'utf8').split(/^---$/m);
  const kinds = documents.map((text) => /^kind: (\w+)$/m.exec(text)?.[1] ?? '');
  for (const [index, text] of documents.entries()) {
    const image = isImage.exec(text)?.[1];
    if (image) state.images.push(image);
    if (kinds[index] !== 'Deployment') continue;
    const name = /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? '';
    if (!deploymentOf(name)) state.deployments.push({ name, revision: 0, image: '', annotations: {} });
    become(deploymentOf(name), image);
  }
  state.calls.push(`apply ${[...new Set(kinds)].sort().join(' ')}`);
  return state.refuses && kinds.includes(state.refuses) ? 1 : 0;
}

function get() {
  if (state.silent) return 1;
  const items = {
    deployment: () =>
      state.deployments.map(({ name, revision, image, annotations }) => ({
        metadata: metadata(name, revision, annotations),
        spec: template(image),
      })),
    replicaset: () =>
      state.sets.map(({ name, revision, image }) => ({
        metadata: { ...metadata(`${name}-${revision}`, revision), ownerReferences: [{ name }] },
        spec: template(image),
      })),
    job: () =>
      Object.entries(state.jobs).map(([name, types]) => ({
        metadata: { name },
        status: { conditions: types.map((type) => ({ type, status: 'True' })) },
      })),
  }[what];
  process.stdout.write(JSON.stringify({ items: items() }));
  return 0;
}

function rollout() {
  const deployment = deploymentOf(rest[2]);
  if (what === 'status') {
    settle(deployment);
    return state.bad.includes(deployment.image) ? 1 : 0;
  }
  const set = state.sets.find(
    ({ name, revision }) => name === deployment.name && revision === Number(flag('to-revision')),
  );
  if (!set) return 1;
  become(deployment, set.image);
  return 0;
}

function annotate() {
  const pairs = rest.slice(4).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  Object.assign(deploymentOf(rest[3]).annotations, Object.fromEntries(pairs));
  return 0;
}

const none = () => 0;
const verbs = { apply, get, rollout, annotate, wait: none, delete: none, logs: none };
if (process.argv[2] !== '--namespace' || !verbs[verb]) throw new Error(`What is ${process.argv.slice(2).join(' ')}?`);
if (verb !== 'apply' && verb !== 'get') state.calls.push(rest.join(' '));
state.namespaces.push(namespace);
const code = verbs[verb]();
writeFileSync(file, JSON.stringify(state));
process.exitCode = code;
