// Every property tries what the seed of test/support/own-machine.mjs brings, so that what was green on
// one machine is green on the next. See docs/adr/0127-properties-by-commit.md.
const fastCheck = require('../../node_modules/fast-check/lib/cjs/fast-check.js');
const seed = Number(process.env.ORGSWEEP_PROPERTY_SEED);

fastCheck.configureGlobal({ ...fastCheck.readConfigureGlobal(), seed });
module.exports = fastCheck;
