const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Jest's own environment, in a context whose globals are ordinary ones. In the one that it makes by itself, each look at
 * a global such as `Array` or `Buffer` goes through a proxy and takes ten times as long, wherever in the code that is.
 */
module.exports = class extends TestEnvironment {
  constructor(...given) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
  }
};
