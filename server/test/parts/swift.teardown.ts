import { removeSharedSwift } from './swift-shared';

/** After all tests: ends the Swift that they shared, if any of them started it. */
export default removeSharedSwift;
