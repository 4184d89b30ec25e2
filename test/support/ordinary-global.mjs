// Jest puts a proxy behind the global object of each test file, which V8 asks at every mention of
// Object, Promise or Buffer. With an ordinary one, a simulated execution takes two thirds of the CPU;
// see docs/adr/0094-where-the-time-of-the-tests-goes.md.
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

export default class OrdinaryGlobal extends TestEnvironment {
  constructor(...args) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }
}
