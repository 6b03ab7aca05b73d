// The types of jsqr.js, as far as the scanner uses it. The file puts its one function into the global object.
export {};
