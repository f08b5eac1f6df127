// The Jest project `replicas`: the store of each suite is three behind HAProxy (test/system/support/running-service.ts).
process.env.TEST_TOPOLOGY = 'replicas';
