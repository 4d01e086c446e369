BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:before = Join-Path $Samples 'renamed-trail.json'
    $script:after = Repair-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket -Path $before
    $script:reordered = '{"Statement":{"Resource":"arn:aws:s3:::amzn-s3-demo-bucket/*","Action":["s3:PutObject","s3:GetObject"],"Principal":{"AWS":"111122223333"},"Effect":"Allow"},"Version":"2012-10-17"}'
    $script:plain = '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"AWS":["111122223333"]},"Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::amzn-s3-demo-bucket/*"]}]}'
}

Describe 'Compare-LogDeliveryPolicy' {
    It 'gives what is gained, with a witness that both decide as the row says' {
        $rows = Compare-LogDeliveryPolicy $before $after
        $rows | Should -BeOfType ([LogDelivery.PolicyDifferenceRow])
        $rows.Change | Sort-Object -Unique | Should -Be 'Gained'
        $rows.Principal | Sort-Object -Unique | Should -Be 'cloudtrail.amazonaws.com'
        $rows[0].Before | Should -Be 'ImplicitDeny'
        $rows[0].After | Should -Be 'Allowed'
        $rows.Context -like "*$Trail*" | Should -HaveCount $rows.Count
    }

    It 'gives the same as lost the other way round' {
        $rows = Compare-LogDeliveryPolicy -ReferencePolicy $after -DifferencePolicy $before
        $rows.Change | Sort-Object -Unique | Should -Be 'Lost'
    }

    It 'does not mind order and spelling' {
        Compare-LogDeliveryPolicy $plain $reordered | Should -BeNullOrEmpty
        Compare-LogDeliveryPolicy $plain $reordered -Quiet | Should -BeTrue
    }

    It 'is quietly false when they differ' {
        Compare-LogDeliveryPolicy $before $after -Quiet | Should -BeFalse
    }

    It 'takes texts, lines and paths from the pipeline' {
        $before, $after | Compare-LogDeliveryPolicy -ReferencePolicy $before | Should -Not -BeNullOrEmpty
        $before | Compare-LogDeliveryPolicy -ReferencePolicy $before -Quiet | Should -BeTrue
        Get-Content -LiteralPath $before | Compare-LogDeliveryPolicy -ReferencePolicy (Get-Content -LiteralPath $before) -Quiet | Should -BeTrue
        @(Get-Content -LiteralPath $before; $after -split "`n") | Compare-LogDeliveryPolicy -ReferencePolicy $before | Should -Not -BeNullOrEmpty
    }

    It 'counts only resources that are asked for' {
        $rows = Compare-LogDeliveryPolicy $before $after -Resource 'arn:aws:s3:::amzn-s3-demo-trail-logs/AWSLogs/*'
        $rows.Action | Sort-Object -Unique | Should -Be 's3:PutObject'
    }

    It 'does not say yes when it gave up' {
        $yes = Compare-LogDeliveryPolicy $before $after -MaxCells 1 -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue
        $yes | Should -BeFalse
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ComparisonIncomplete,*'
        $problems[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
    }

    It 'has FileNotFound and PolicyFormat, and does not say yes' {
        Compare-LogDeliveryPolicy ./nowhere.json $after -Quiet -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeFalse
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        Compare-LogDeliveryPolicy $before '{}' -Quiet -ErrorVariable bad -ErrorAction SilentlyContinue | Should -BeFalse
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFormat,*'
    }
}
