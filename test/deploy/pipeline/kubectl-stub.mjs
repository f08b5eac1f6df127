#!/usr/bin/env node
// Answers as a cluster does that is as the file STUB_STATE says, and writes down there what it is told. Only what the steps
// of the pipeline ask for; anything else is an error.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.STUB_STATE;
const state = JSON.parse(readFileSync(file, 'utf8'));
const [namespace, rest] = [process.argv[3], process.argv.slice(4)];
const [verb, what] = rest;
const REVISION = 'deployment.kubernetes.io/revision';
const isImage = /^ +image: (\S+)$/m;
const deploymentOf = (name) => state.deployments.find((each) => each.name === name.replace('deployment/', ''));
const setsOf = ({ name }) => state.sets.filter((set) => set.deployment === name);
const revisionOf = (deployment) => Math.max(0, ...setsOf(deployment).map(({ revision }) => revision));
const currentOf = (deployment) => setsOf(deployment).find(({ revision }) => revision === revisionOf(deployment));
const flag = (name) => rest.find((word) => word.startsWith(`--${name}=`))?.split('=')[1];

/** The controller's turn, which comes a moment later: a template is a ReplicaSet, with the next number and the annotations. */
function settle(deployment) {
  const kept = state.sets.find(({ name }) => name === deployment.template);
  const current = currentOf(deployment);
  if (kept !== current || !kept) {
    const { name, template, image } = deployment;
    const set = kept ?? { deployment: name, name: template, image, annotations: {}, isNew: true };
    set.revision = revisionOf(deployment) + 1;
    if (!kept) state.sets.push(set);
  }
  const set = currentOf(deployment);
  set.annotations = { ...set.annotations, ...deployment.annotations };
}

function apply() {
  const documents = readFileSync(0, 'utf8').split(/^---$/m);
  const kinds = documents.map((text) => /^kind: (\w+)$/m.exec(text)?.[1] ?? '');
  for (const [index, text] of documents.entries()) {
    const image = isImage.exec(text)?.[1];
    if (image) state.images.push(image);
    if (kinds[index] !== 'Deployment') continue;
    const name = /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? '';
    if (!deploymentOf(name)) state.deployments.push({ name, annotations: {} });
    const template = `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
    Object.assign(deploymentOf(name), { template, image });
  }
  state.calls.push(`apply ${[...new Set(kinds)].sort().join(' ')}`);
  return state.refuses && kinds.includes(state.refuses) ? 1 : 0;
}

const withMetadata = (name, revision, annotations) => ({
  name,
  annotations: { [REVISION]: String(revision), ...annotations },
});
const templateOf = (image) => ({ template: { spec: { containers: [{ image }] } } });

function get() {
  if (state.silent) return 1;
  const items = {
    deployment: () =>
      state.deployments.map((each) => ({
        metadata: withMetadata(each.name, revisionOf(each), each.annotations),
        spec: templateOf(each.image),
      })),
    replicaset: () =>
      state.sets.map(({ deployment, name, revision, image, annotations }) => ({
        metadata: { ...withMetadata(name, revision, annotations), ownerReferences: [{ name: deployment }] },
        spec: templateOf(image),
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
    return state.newIsBad && currentOf(deployment).isNew ? 1 : 0;
  }
  const set = setsOf(deployment).find(({ revision }) => revision === Number(flag('to-revision')));
  if (!set) return 1;
  if (set.name === deployment.template) return 0;
  // It takes the annotations of the ReplicaSet for those of the Deployment.
  Object.assign(deployment, { template: set.name, image: set.image, annotations: { ...set.annotations } });
  return 0;
}

function annotate() {
  const { annotations } = deploymentOf(rest[3]);
  for (const word of rest.slice(4)) {
    const [key, value] = word.split('=');
    if (value === undefined) delete annotations[key.replace(/-$/, '')];
    else annotations[key] = value;
  }
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
