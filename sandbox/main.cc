// herald-sandbox: the simulated platforms.
#include "sandbox/side.h"

int main() { return 0; }
