// The tests that run on random cases once more: the long mode draws new ones.

for (const name of ["service-outages", "signature-fuzz", "stores", "stores-redis", "stores-sqlite"]) await import(`./${name}.test.js`);
