const RELEASE = { version: '', files: [] };
