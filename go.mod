module github.com/ioslab/ioslab

go 1.26

require (
	github.com/gaissmai/bart v0.30.0
	go.yaml.in/yaml/v3 v3.0.6
)
