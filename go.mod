module github.com/ioslab/ioslab

go 1.26
