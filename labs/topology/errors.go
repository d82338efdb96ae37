package topology

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/labs/source"
)

var yamlLine = regexp.MustCompile(`line (\d+): `)

// yamlError turns the YAML reader's error into one of ours.
func yamlError(path string, err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = strings.Replace(text, m[0], "", 1)
	}
	return source.Errorf(path, line, "%s", strings.ReplaceAll(text, "\n", " ")).Want("YAML as containerlab reads it")
}
