"""Which documented statements hold at this server, real or fake?"""
