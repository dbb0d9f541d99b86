@node "%~dp0code-launcher.mjs" %*
