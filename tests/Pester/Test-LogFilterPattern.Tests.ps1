BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:pattern = '{ $.errorCode = "AccessDenied" && $.userIdentity.invokedBy != "config.amazonaws.com" }'
}

Describe 'Test-LogFilterPattern' {
    It 'says that a pattern is valid, and what surprises in it' {
        $test = Test-LogFilterPattern $pattern
        $test | Should -BeOfType ([LogDelivery.FilterPatternTest])
        $test.IsValid | Should -BeTrue
        $test.Matches | Should -BeNullOrEmpty
        $test.Notices.Column | Should -Be 35
        $test.Notices.Message | Should -Match 'NOT EXISTS'
    }

    It 'says where a text stops being a pattern' {
        $test = Test-LogFilterPattern '{ $.vpcEndpointId EXISTS }'
        $test.IsValid | Should -BeFalse
        $test.Column | Should -Be 19
        $test.Reason | Should -Match 'does not support EXISTS'
    }

    It 'says why an event does not match' {
        $test = Test-LogFilterPattern $pattern '{"errorCode":"AccessDenied","userIdentity":{"type":"IAMUser"}}'
        $test.Matches | Should -BeFalse
        $test.FailedExpression | Should -Be '$.userIdentity.invokedBy != "config.amazonaws.com"'
        $test.Column | Should -Be 35
        $test.Reason | Should -Match 'is absent'
    }

    It 'gives a row for each event, with the values of a space-delimited one' {
        $rows = 'ERROR one', 'INFO two' | Test-LogFilterPattern '[level = ERROR, text]'
        $rows.Matches | Should -Be $true, $false
        $rows[0].Extracted['$text'] | Should -Be 'one'
        $rows[1].Reason | Should -Match '\$level is "INFO"'
    }

    It 'takes the objects of AWS.Tools' {
        $filters = [pscustomobject]@{ FilterName = 'a'; FilterPattern = 'ERROR' }, [pscustomobject]@{ FilterName = 'b'; FilterPattern = 'a:b' }
        ($filters | Test-LogFilterPattern).IsValid | Should -Be $true, $false
        [pscustomobject]@{ Message = 'an ERROR'; Timestamp = 1 } | Test-LogFilterPattern ERROR -Quiet | Should -BeTrue
    }

    It 'is quietly true only when all is valid and matches' {
        Test-LogFilterPattern ERROR -Quiet | Should -BeTrue
        Test-LogFilterPattern 'a:b' -Quiet | Should -BeFalse
        'an ERROR', 'none' | Test-LogFilterPattern ERROR -Quiet | Should -BeFalse
        Test-LogFilterPattern '' '' -Quiet | Should -BeTrue
    }

    It 'shows the result in words' {
        Test-LogFilterPattern ERROR 'none' | Out-String | Should -Match 'NoMatch\s+1\s+ERROR'
    }
}
