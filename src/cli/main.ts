process.stderr.write("usage: dimsum check PATH… | summary FILE | layers\n");
process.exitCode = 2;
