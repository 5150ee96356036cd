"""Where the named contracts of this vendor put themselves."""

from contracts.contract import Register

REGISTER = Register()
